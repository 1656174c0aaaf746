using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Whether a provider has acknowledged that it was told of a deletion.</summary>
internal sealed class DeletionDeliveryRow
{
    public required byte[] Deletion { get; init; }
    public bool IsComplete { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<DeletionDeliveryRow>
    {
        public void Configure(EntityTypeBuilder<DeletionDeliveryRow> row)
        {
            row.HasKey(delivery => delivery.Deletion);
            row.HasOne<DeletionRow>().WithOne().HasForeignKey<DeletionDeliveryRow>(delivery => delivery.Deletion).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(delivery => delivery.Deletion).HasFilter("NOT is_complete").HasDatabaseName("ix_deletion_delivery_due");
        }
    }
}
