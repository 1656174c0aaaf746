using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Which catalog object the fusion service holds a record to be of.</summary>
internal sealed class AssociationRow
{
    public required byte[] Record { get; init; }
    public Guid Object { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AssociationRow>
    {
        public void Configure(EntityTypeBuilder<AssociationRow> row) => row.HasKey(association => association.Record);
    }
}
