using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>One way in which a record had come, deleted. Append-only by grant.</summary>
internal sealed class DeletionItemRow
{
    /// <summary>Key of the publication row: the way.</summary>
    public long Publication { get; init; }

    public short Index { get; init; }
    public required byte[] Deletion { get; init; }

    /// <summary>Id, class and epoch of the record: its key.</summary>
    public required byte[] Record { get; init; }

    public short Class { get; init; }

    /// <summary>TAI nanoseconds since J2000.</summary>
    public long EpochNs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DeletionItemRow>
    {
        public void Configure(EntityTypeBuilder<DeletionItemRow> row)
        {
            row.HasKey(item => new { item.Publication, item.Index });
            row.HasOne<DeletionRow>().WithMany().HasForeignKey(item => item.Deletion).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(item => item.Deletion).HasDatabaseName("ix_deletion_item_deletion");
        }
    }
}
