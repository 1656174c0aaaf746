using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>Where this node stands in one stream of one agreement's provider.</summary>
internal sealed class InboxRow
{
    public required byte[] Agreement { get; init; }
    public required string Provider { get; init; }

    /// <summary>Number of the <see cref="Exchange.FeedPriority"/>.</summary>
    public short Priority { get; init; }

    public required byte[] Cursor { get; set; }

    /// <summary>SHA-256 of the last manifest, which the next one names; null before the first. One that lists nothing is not kept otherwise.</summary>
    public byte[]? Manifest { get; set; }

    /// <summary>Manifest whose receipt has still to ride on a pull, or null.</summary>
    public byte[]? PendingReceipt { get; set; }

    /// <summary>A manifest before that one whose receipt has not gone out either, or null.</summary>
    public byte[]? EarlierReceipt { get; set; }

    /// <summary>Up to when everything granted has been given: TAI nanoseconds since J2000; null before the first complete answer.</summary>
    public long? WatermarkNs { get; set; }

    /// <summary>How many entries the provider's log has at least, by what it gave; 0 where that was not written down.</summary>
    public long LogSizeMin { get; set; }

    /// <summary>The last manifest with its signature, also one that lists nothing: <see cref="SignedDocument.ToJson"/>; null where it was not written down.</summary>
    public byte[]? LastManifest { get; set; }

    /// <summary>When it was stored: TAI nanoseconds since J2000; null where that was not written down.</summary>
    public long? AnsweredNs { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<InboxRow>
    {
        public void Configure(EntityTypeBuilder<InboxRow> row)
        {
            row.HasKey(inbox => new { inbox.Agreement, inbox.Provider, inbox.Priority });
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(inbox => inbox.Agreement).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<ReceiptIssuedRow>().WithMany().HasForeignKey(inbox => inbox.PendingReceipt).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<ReceiptIssuedRow>().WithMany().HasForeignKey(inbox => inbox.EarlierReceipt).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_inbox_earlier_receipt");
        }
    }
}
