using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>An event at its place in the log. Append-only by grant.</summary>
internal sealed class LogEntryRow
{
    public long Index { get; init; }
    public required string Kind { get; init; }
    public required byte[] Body { get; init; }
    public required byte[] Salt { get; init; }

    /// <summary>TAI nanoseconds since J2000.</summary>
    public long TimeNs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogEntryRow>
    {
        public void Configure(EntityTypeBuilder<LogEntryRow> row)
        {
            row.HasKey(entry => entry.Index);
            row.Property(entry => entry.Index).ValueGeneratedNever();
        }
    }
}
