using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>An originator's wish for one record, this node's own or another's. Append-only by grant.</summary>
internal sealed class NoticeRow
{
    /// <summary>SHA-256 of the document.</summary>
    public required byte[] Id { get; init; }

    public long LogIndex { get; init; }

    /// <summary>SHA-256 of the publication's document; it need not be here yet.</summary>
    public required byte[] Publication { get; init; }

    public short Index { get; init; }

    /// <summary>Of notice and record; a notice counts only for a publication of the same.</summary>
    public required string Originator { get; init; }

    public short Action { get; init; }

    /// <summary>Through whom it came; empty for this node's own.</summary>
    public required string[] Via { get; init; }

    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<NoticeRow>
    {
        public void Configure(EntityTypeBuilder<NoticeRow> row)
        {
            row.HasKey(notice => notice.Id);
            row.HasOne<LogEntryRow>().WithOne().HasForeignKey<NoticeRow>(notice => notice.LogIndex).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(notice => notice.LogIndex).IsUnique().HasDatabaseName("ux_notice_log_index");
            row.HasIndex(notice => new { notice.Publication, notice.Index }).HasDatabaseName("ix_notice_publication");
            row.HasIndex(notice => notice.Originator).HasDatabaseName("ix_notice_originator");
        }
    }
}
