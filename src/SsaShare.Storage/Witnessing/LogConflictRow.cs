using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Proof that another's log has signed two histories. Append-only by grant.</summary>
internal sealed class LogConflictRow
{
    /// <summary>SHA-256 of the document.</summary>
    public required byte[] Id { get; init; }

    public required string Origin { get; init; }
    public required byte[] Document { get; init; }
    public long LogIndex { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogConflictRow>
    {
        public void Configure(EntityTypeBuilder<LogConflictRow> row)
        {
            row.HasKey(conflict => conflict.Id);
            row.HasOne<LogEntryRow>().WithMany().HasForeignKey(conflict => conflict.LogIndex).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
