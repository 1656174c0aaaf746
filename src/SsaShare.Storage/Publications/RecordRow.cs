using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A record. Written by COPY and read by plain SQL only; partitioned by class, observations then by year of epoch.</summary>
/// <remarks>
/// The id is the hash of class, originator and payload, so where the payload holds the epoch the primary key makes the id unique. For other classes
/// the default partition has a unique index on the id alone. There is no foreign key to publication and label: checking it row by row
/// would cost more than all the rest of the COPY, and both are written by the same transaction or before it.
/// </remarks>
internal sealed class RecordRow
{
    public required byte[] Id { get; init; }
    public short Class { get; init; }

    /// <summary>TAI nanoseconds since J2000.</summary>
    public long EpochNs { get; init; }

    public long Publication { get; init; }

    /// <summary>Place in the publication, from 0.</summary>
    public short Index { get; init; }

    public required byte[] Salt { get; init; }
    public int Label { get; init; }
    public short Regime { get; init; }
    public string? Sensor { get; init; }

    /// <summary>As <see cref="Agreements.ObjectTags.Text"/> has them.</summary>
    public string? ObjectTag { get; init; }

    /// <summary>Null when it was recalled, or deleted because an agreement says so: the rest is a tombstone, from which the leaf can still be computed.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>Of a degraded record: the original's leaf in its publication, and its own place in its provider's statement. Null on an original.</summary>
    public byte[]? OriginalLeaf { get; init; }

    public short? DegradedIndex { get; init; }

    /// <summary>Whether degradation took the object tag out.</summary>
    public bool TagRemoved { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RecordRow>
    {
        public void Configure(EntityTypeBuilder<RecordRow> row)
        {
            row.HasKey(record => new { record.Id, record.Class, record.EpochNs });
            row.HasIndex(record => new { record.Publication, record.Index }).HasDatabaseName("ix_record_publication");
        }
    }
}
