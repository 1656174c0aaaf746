using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>How long own records of a class are kept after they were published. Written by the owner of the database alone; a class without a row is kept for ever.</summary>
internal sealed class OwnRetentionRow
{
    public short Class { get; init; }

    /// <summary>Seconds, a day at least.</summary>
    public long KeepS { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OwnRetentionRow>
    {
        public void Configure(EntityTypeBuilder<OwnRetentionRow> row)
        {
            row.HasKey(retention => retention.Class);
            row.Property(retention => retention.Class).ValueGeneratedNever();
        }
    }
}
