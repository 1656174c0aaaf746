using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Terms that records of a slice brought along because they were passed on. Append-only by grant.</summary>
internal sealed class CarriedTermsRow
{
    /// <summary>Key of the slice's publication row.</summary>
    public long Publication { get; init; }

    /// <summary>Distinguishes the terms of one slice, from 0.</summary>
    public short Ordinal { get; init; }

    /// <summary>JSON, exact bytes.</summary>
    public required byte[] Terms { get; init; }

    /// <summary>Indices of the records that carry them.</summary>
    public required short[] Indexes { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CarriedTermsRow>
    {
        public void Configure(EntityTypeBuilder<CarriedTermsRow> row)
        {
            row.HasKey(terms => new { terms.Publication, terms.Ordinal });
            row.HasOne<PublicationRow>().WithMany().HasForeignKey(terms => terms.Publication).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
