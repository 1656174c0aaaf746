using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Whom a notice must reach, and whether nothing is left to ask there.</summary>
internal sealed class NoticeDeliveryRow
{
    public required byte[] Notice { get; init; }
    public required string Partner { get; init; }

    /// <summary>The partner and everybody behind it have carried it out.</summary>
    public bool IsComplete { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<NoticeDeliveryRow>
    {
        public void Configure(EntityTypeBuilder<NoticeDeliveryRow> row)
        {
            row.HasKey(delivery => new { delivery.Notice, delivery.Partner });
            row.HasOne<NoticeRow>().WithMany().HasForeignKey(delivery => delivery.Notice).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(delivery => new { delivery.Partner, delivery.Notice }).HasFilter("NOT is_complete").HasDatabaseName("ix_notice_delivery_due");
        }
    }
}
