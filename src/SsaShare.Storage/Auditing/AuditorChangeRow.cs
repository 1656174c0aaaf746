using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>That somebody may read this node's log, or no longer; of one name the newest counts. Append-only by grant.</summary>
internal sealed class AuditorChangeRow
{
    public long LogIndex { get; init; }
    public required string Name { get; init; }

    /// <summary>Of the auditor's certificate.</summary>
    public required byte[] Pin { get; init; }

    public bool IsAdded { get; init; }

    /// <summary>TAI nanoseconds since J2000.</summary>
    public long TimeNs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AuditorChangeRow>
    {
        public void Configure(EntityTypeBuilder<AuditorChangeRow> row)
        {
            row.HasKey(change => change.LogIndex);
            row.Property(change => change.LogIndex).ValueGeneratedNever();
            row.HasOne<LogEntryRow>().WithOne().HasForeignKey<AuditorChangeRow>(change => change.LogIndex).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
