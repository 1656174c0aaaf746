using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A receiver's receipt for a manifest of this node. Append-only by grant.</summary>
internal sealed class ReceiptReceivedRow
{
    public required byte[] Manifest { get; init; }
    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReceiptReceivedRow>
    {
        public void Configure(EntityTypeBuilder<ReceiptReceivedRow> row)
        {
            row.HasKey(receipt => receipt.Manifest);
            row.HasOne<ManifestIssuedRow>().WithOne().HasForeignKey<ReceiptReceivedRow>(receipt => receipt.Manifest).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
