using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A checkpoint of another's log that this node has cosigned. Append-only by grant: each names the one before it, so that only the newest can be followed.</summary>
internal sealed class WitnessedCheckpointRow
{
    public required string Origin { get; init; }
    public long Size { get; init; }

    /// <summary>Size of the cosigned one before; 0 for the first.</summary>
    public long PreviousSize { get; init; }

    /// <summary>With the log's signature and this node's cosignature.</summary>
    public required string Note { get; init; }

    /// <summary>Seconds since 1970-01-01T00:00:00 UTC without leap seconds, as the cosignature says.</summary>
    public long TimeS { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<WitnessedCheckpointRow>
    {
        public void Configure(EntityTypeBuilder<WitnessedCheckpointRow> row)
        {
            row.HasKey(checkpoint => new { checkpoint.Origin, checkpoint.Size });
            row.HasOne<HeldCheckpointRow>().WithMany().HasForeignKey(checkpoint => new { checkpoint.Origin, checkpoint.Size }).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(checkpoint => new { checkpoint.Origin, checkpoint.PreviousSize }).IsUnique().HasDatabaseName("ux_witnessed_checkpoint_previous");
        }
    }
}
