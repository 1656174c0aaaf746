using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A partition that was dropped because nothing in it was kept any more.</summary>
internal sealed class DroppedPartRow
{
    /// <summary>Its name; a later one for the same months may be called so again.</summary>
    public required string Part { get; init; }

    public long Records { get; init; }
    public DateTime Dropped { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DroppedPartRow>
    {
        public void Configure(EntityTypeBuilder<DroppedPartRow> row)
        {
            row.HasKey(part => new { part.Part, part.Dropped });
        }
    }
}
