using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Where this node stands with one agreement's provider.</summary>
internal sealed class InboxRow
{
    public required byte[] Agreement { get; init; }
    public required string Provider { get; init; }
    public required byte[] Cursor { get; set; }
    public long Position { get; set; }

    /// <summary>Last manifest that listed something; null before the first.</summary>
    public byte[]? Manifest { get; set; }

    /// <summary>Whether that manifest's receipt has still to ride on a pull.</summary>
    public bool ReceiptIsPending { get; set; }

    /// <summary>Up to when everything granted has been given: TAI nanoseconds since J2000; null before the first complete answer.</summary>
    public long? WatermarkNs { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<InboxRow>
    {
        public void Configure(EntityTypeBuilder<InboxRow> row)
        {
            row.HasKey(inbox => new { inbox.Agreement, inbox.Provider });
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(inbox => inbox.Agreement).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<ManifestReceivedRow>().WithMany().HasForeignKey(inbox => inbox.Manifest).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
