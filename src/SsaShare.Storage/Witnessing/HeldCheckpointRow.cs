using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>The first checkpoint of a size that another's log has signed and that came here. Append-only by grant.</summary>
internal sealed class HeldCheckpointRow
{
    public required string Origin { get; init; }
    public long Size { get; init; }
    public required byte[] Root { get; init; }
    public required string Note { get; init; }

    /// <summary>The partner that gave it.</summary>
    public required string Source { get; init; }

    /// <summary>When it came, by this node's clock: TAI nanoseconds since J2000.</summary>
    public long TimeNs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<HeldCheckpointRow>
    {
        public void Configure(EntityTypeBuilder<HeldCheckpointRow> row) => row.HasKey(checkpoint => new { checkpoint.Origin, checkpoint.Size });
    }
}
