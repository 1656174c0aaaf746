using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>One record of a deletion that a holder told of. Append-only by grant.</summary>
internal sealed class DeletionReceivedItemRow
{
    /// <summary>SHA-256 of the publication's document.</summary>
    public required byte[] Publication { get; init; }

    public short Index { get; init; }
    public required byte[] Deletion { get; init; }

    /// <summary>By which it was degraded; empty when it was given as published.</summary>
    public required string Profile { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DeletionReceivedItemRow>
    {
        public void Configure(EntityTypeBuilder<DeletionReceivedItemRow> row)
        {
            row.HasKey(item => new { item.Publication, item.Index, item.Deletion, item.Profile });
            row.HasOne<DeletionReceivedRow>().WithMany().HasForeignKey(item => item.Deletion).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(item => item.Deletion).HasDatabaseName("ix_deletion_received_item_deletion");
        }
    }
}
