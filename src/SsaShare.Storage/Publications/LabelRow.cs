using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A label's exact bytes, once for all the records that carry it, and what they say.</summary>
internal sealed class LabelRow
{
    public int Id { get; init; }

    /// <summary>SHA-256 of the bytes.</summary>
    public required byte[] Hash { get; init; }

    public required byte[] Bytes { get; init; }
    public short Level { get; init; }
    public short Mode { get; init; }

    /// <summary>Null means any partner that an agreement names.</summary>
    public string[]? ReleasableTo { get; init; }

    public bool OriginatorControlled { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LabelRow>
    {
        public void Configure(EntityTypeBuilder<LabelRow> row)
        {
            row.HasKey(label => label.Id);
            row.Property(label => label.Id).UseIdentityAlwaysColumn();
            row.HasIndex(label => label.Hash).IsUnique().HasDatabaseName("ux_label_hash");
        }
    }
}
