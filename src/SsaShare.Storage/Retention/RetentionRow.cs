using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Until when a received record may be kept under the agreement of the way by which it came. A list of work: a row goes when the record is deleted.</summary>
internal sealed class RetentionRow
{
    /// <summary>Key of the publication row: the way.</summary>
    public long Publication { get; init; }

    public short Index { get; init; }

    /// <summary>TAI nanoseconds since J2000.</summary>
    public long DueNs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RetentionRow>
    {
        public void Configure(EntityTypeBuilder<RetentionRow> row)
        {
            row.HasKey(due => new { due.Publication, due.Index });
            row.HasIndex(due => new { due.DueNs, due.Publication, due.Index }).HasDatabaseName("ix_retention_due");
        }
    }
}
