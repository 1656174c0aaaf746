using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>
/// A further way by which a record came that was here already: the publication row names provider and agreement. What a second agreement
/// grants stays granted when the first one ends. Append-only by grant; without foreign keys, as <see cref="RecordRow"/>.
/// </summary>
internal sealed class RecordPathRow
{
    public long Publication { get; init; }

    /// <summary>Place in the publication, from 0.</summary>
    public short Index { get; init; }

    /// <summary>Id, class and epoch of the stored record: its key.</summary>
    public required byte[] Record { get; init; }

    public short Class { get; init; }

    /// <summary>TAI nanoseconds since J2000.</summary>
    public long EpochNs { get; init; }

    /// <summary>Of the leaf in this publication; with id and label it gives the leaf hash.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>Under which the record was published there.</summary>
    public int Label { get; init; }

    /// <summary>Of a degraded record: its place in the statement that came this way.</summary>
    public short? DegradedIndex { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RecordPathRow>
    {
        public void Configure(EntityTypeBuilder<RecordPathRow> row)
        {
            row.HasKey(path => new { path.Publication, path.Index });
            row.HasIndex(path => path.Record).HasDatabaseName("ix_record_path_record");
        }
    }
}
