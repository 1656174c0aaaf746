using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>What of one publication went out with a manifest, in one form. Append-only by grant; written by plain SQL.</summary>
internal sealed class ReleaseRow
{
    public required byte[] Manifest { get; init; }

    /// <summary>Place among the manifest's slices, from 0.</summary>
    public short Ordinal { get; init; }

    /// <summary>SHA-256 of the publication's document.</summary>
    public required byte[] Publication { get; init; }

    /// <summary>Degradation profile; null for the full form.</summary>
    public string? Profile { get; init; }

    /// <summary>Bit n of byte m is set when record 8m + n went out.</summary>
    public required byte[] Indexes { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReleaseRow>
    {
        public void Configure(EntityTypeBuilder<ReleaseRow> row)
        {
            row.HasKey(release => new { release.Manifest, release.Ordinal });
            row.HasIndex(release => release.Publication).HasDatabaseName("ix_release_publication");
            row.HasOne<ManifestIssuedRow>().WithMany().HasForeignKey(release => release.Manifest).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
