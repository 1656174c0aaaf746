using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>What a witness has said to a checkpoint of this node's log, at one moment. Append-only by grant.</summary>
internal sealed class LogCosignatureRow
{
    public long Size { get; init; }
    public required string Witness { get; init; }

    /// <summary>Seconds since 1970-01-01T00:00:00 UTC without leap seconds, by the witness's clock.</summary>
    public long TimeS { get; init; }

    /// <summary>Signature line of a signed note, without its newline.</summary>
    public required string Line { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogCosignatureRow>
    {
        public void Configure(EntityTypeBuilder<LogCosignatureRow> row)
        {
            row.HasKey(cosignature => new { cosignature.Size, cosignature.Witness, cosignature.TimeS });
            row.HasOne<LogCheckpointRow>().WithMany().HasForeignKey(cosignature => cosignature.Size).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(cosignature => new { cosignature.Witness, cosignature.Size }).HasDatabaseName("ix_log_cosignature_witness");
        }
    }
}
