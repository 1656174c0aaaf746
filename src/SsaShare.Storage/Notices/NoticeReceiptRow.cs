using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Somebody's receipt for a notice, this node's own included. Append-only by grant.</summary>
internal sealed class NoticeReceiptRow
{
    /// <summary>SHA-256 of the document.</summary>
    public required byte[] Id { get; init; }

    public long LogIndex { get; init; }
    public required byte[] Notice { get; init; }
    public required string Receiver { get; init; }

    /// <summary>Whether this node signed it.</summary>
    public bool IsOwn { get; init; }

    public short Outcome { get; init; }
    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<NoticeReceiptRow>
    {
        public void Configure(EntityTypeBuilder<NoticeReceiptRow> row)
        {
            row.HasKey(receipt => receipt.Id);
            row.HasOne<NoticeRow>().WithMany().HasForeignKey(receipt => receipt.Notice).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<LogEntryRow>().WithMany().HasForeignKey(receipt => receipt.LogIndex).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(receipt => receipt.LogIndex).HasDatabaseName("ix_notice_receipt_log_index");
            row.HasIndex(receipt => new { receipt.Notice, receipt.Receiver, receipt.Outcome }).IsUnique().HasDatabaseName("ux_notice_receipt");
        }
    }
}
