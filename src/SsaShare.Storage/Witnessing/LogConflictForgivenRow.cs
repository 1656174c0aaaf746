using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>The operator's word that a log is cosigned again in spite of a conflict. Append-only by grant.</summary>
internal sealed class LogConflictForgivenRow
{
    public required byte[] Conflict { get; init; }
    public required string Reason { get; init; }
    public long LogIndex { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogConflictForgivenRow>
    {
        public void Configure(EntityTypeBuilder<LogConflictForgivenRow> row)
        {
            row.HasKey(forgiven => forgiven.Conflict);
            row.HasOne<LogConflictRow>().WithMany().HasForeignKey(forgiven => forgiven.Conflict).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<LogEntryRow>().WithMany().HasForeignKey(forgiven => forgiven.LogIndex).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
