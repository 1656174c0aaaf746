using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A time-stamp of a checkpoint. Append-only by grant.</summary>
internal sealed class CheckpointTimestampRow
{
    public long Size { get; init; }

    /// <summary>The authority's time, TAI nanoseconds since J2000.</summary>
    public long TimeNs { get; init; }

    public required string Note { get; init; }
    public required byte[] Token { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CheckpointTimestampRow>
    {
        public void Configure(EntityTypeBuilder<CheckpointTimestampRow> row)
        {
            row.HasKey(timestamp => new { timestamp.Size, timestamp.TimeNs });
            row.Property(timestamp => timestamp.Size).ValueGeneratedNever();
        }
    }
}
