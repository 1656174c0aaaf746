using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A provider's newest signed word that it gives nothing under an agreement.</summary>
internal sealed class DenialRow
{
    public required byte[] Agreement { get; init; }
    public required string Provider { get; init; }
    public required byte[] Document { get; set; }
    public required byte[] KeyId { get; set; }
    public required byte[] Signature { get; set; }

    /// <summary>Date of the first of the same reason: TAI nanoseconds since J2000, by the provider's clock.</summary>
    public long SinceNs { get; set; }

    /// <summary>When the document came: TAI nanoseconds since J2000.</summary>
    public long HeardNs { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<DenialRow>
    {
        public void Configure(EntityTypeBuilder<DenialRow> row)
        {
            row.HasKey(denial => new { denial.Agreement, denial.Provider });
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(denial => denial.Agreement).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
