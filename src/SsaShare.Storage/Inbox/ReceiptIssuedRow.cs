using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>This node's receipt for a manifest. Append-only by grant.</summary>
internal sealed class ReceiptIssuedRow
{
    public required byte[] Manifest { get; init; }
    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReceiptIssuedRow>
    {
        public void Configure(EntityTypeBuilder<ReceiptIssuedRow> row)
        {
            row.HasKey(receipt => receipt.Manifest);
            row.HasOne<ManifestReceivedRow>().WithOne().HasForeignKey<ReceiptIssuedRow>(receipt => receipt.Manifest).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
