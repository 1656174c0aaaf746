using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>An agreement as it stands now.</summary>
internal sealed class AgreementRow
{
    /// <summary>SHA-256 of the payload.</summary>
    public required byte[] Id { get; init; }

    /// <summary>DSSE JSON with the signatures known here.</summary>
    public required byte[] Envelope { get; set; }

    public short State { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AgreementRow>
    {
        public void Configure(EntityTypeBuilder<AgreementRow> row) => row.HasKey(agreement => agreement.Id);
    }
}
