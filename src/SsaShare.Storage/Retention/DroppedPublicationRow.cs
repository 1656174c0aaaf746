using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A publication, own or received, of which records are stored no more: its row stays as a tombstone, and nothing of it is given to anybody.</summary>
internal sealed class DroppedPublicationRow
{
    /// <summary>Key of the publication row.</summary>
    public long Publication { get; init; }

    /// <summary>Records that were stored under this key and are gone; one that had come by another way first counts there.</summary>
    public int Records { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DroppedPublicationRow>
    {
        public void Configure(EntityTypeBuilder<DroppedPublicationRow> row)
        {
            row.HasKey(dropped => dropped.Publication);
            row.Property(dropped => dropped.Publication).ValueGeneratedNever();
            row.HasOne<PublicationRow>().WithOne().HasForeignKey<DroppedPublicationRow>(dropped => dropped.Publication).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
