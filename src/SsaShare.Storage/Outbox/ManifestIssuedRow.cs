using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A manifest that this node signed. Append-only by grant.</summary>
internal sealed class ManifestIssuedRow
{
    /// <summary>SHA-256 of the document.</summary>
    public required byte[] Id { get; init; }

    public required byte[] Agreement { get; init; }
    public required string Receiver { get; init; }
    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ManifestIssuedRow>
    {
        public void Configure(EntityTypeBuilder<ManifestIssuedRow> row)
        {
            row.HasKey(manifest => manifest.Id);
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(manifest => manifest.Agreement).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
