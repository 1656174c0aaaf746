using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>The one row that hands out every number that must follow the order of commits. Locked last in a transaction.</summary>
internal sealed class HeadRow
{
    public short Id { get; init; }

    /// <summary>Position of the newest own publication; 0 before the first.</summary>
    public long FeedPosition { get; set; }

    /// <summary>Number of the newest publication or slice stored here, own or received; 0 before the first.</summary>
    public long Arrival { get; set; }

    /// <summary>Size and right edge of the log's tree: <see cref="Transparency.CompactRange.ToBytes"/>.</summary>
    public required byte[] LogFrontier { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<HeadRow>
    {
        public void Configure(EntityTypeBuilder<HeadRow> row)
        {
            row.HasKey(head => head.Id);
            row.Property(head => head.Id).ValueGeneratedNever();
        }
    }
}
