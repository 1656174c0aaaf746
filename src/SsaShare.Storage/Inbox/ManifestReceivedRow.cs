using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A provider's manifest whose records are stored here. Append-only by grant.</summary>
internal sealed class ManifestReceivedRow
{
    /// <summary>SHA-256 of the document.</summary>
    public required byte[] Id { get; init; }

    public required byte[] Agreement { get; init; }
    public required string Provider { get; init; }
    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ManifestReceivedRow>
    {
        public void Configure(EntityTypeBuilder<ManifestReceivedRow> row)
        {
            row.HasKey(manifest => manifest.Id);
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(manifest => manifest.Agreement).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
