using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>An own publication, or the part of another's that one batch brought here.</summary>
internal sealed class PublicationRow
{
    /// <summary>What its records refer to.</summary>
    public long Key { get; init; }

    /// <summary>Place among everything stored here, in commit order, dense from 1.</summary>
    public long Arrival { get; init; }

    /// <summary>Place in this node's feed, in commit order, dense from 1; null when received.</summary>
    public long? FeedPosition { get; init; }

    /// <summary>SHA-256 of the document.</summary>
    public required byte[] Id { get; init; }

    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }
    public required string Originator { get; init; }

    /// <summary>Records in the whole publication, 1 to 1,000.</summary>
    public short Size { get; init; }

    /// <summary>Records of it that this row brought: 1 to <see cref="Size"/>.</summary>
    public short RecordCount { get; init; }

    /// <summary>How many of these were here already by another way: <see cref="RecordPathRow"/>.</summary>
    public short KnownCount { get; init; }

    /// <summary>Subtree hashes, 32 bytes each, that tie the records to the signed root; empty when all are here.</summary>
    public required byte[] Proof { get; init; }

    /// <summary>Classes that occur among the records, ascending.</summary>
    public required short[] Classes { get; init; }

    /// <summary>Earliest and latest epoch among the records: TAI nanoseconds since J2000.</summary>
    public long EpochMinNs { get; init; }

    public long EpochMaxNs { get; init; }
    public string? TraceParent { get; init; }

    /// <summary>From whom and under which agreement; both null for the node's own.</summary>
    public string? Provider { get; init; }

    public byte[]? Agreement { get; init; }

    /// <summary>Degradation profile and whose it is, who degraded the records, and the hashes of what is not here; all null when they are as published.</summary>
    public string? Profile { get; init; }

    public byte[]? DegradedUnder { get; init; }
    public byte[]? DegradedDocument { get; init; }
    public byte[]? DegradedKeyId { get; init; }
    public byte[]? DegradedSignature { get; init; }
    public byte[]? DegradedProof { get; init; }

    /// <summary>Whether it is of urgent records, and goes out in lanes of its own.</summary>
    public bool Urgent { get; init; }

    /// <summary>When it was received: TAI nanoseconds since J2000; null for the node's own.</summary>
    public long? ReceivedNs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PublicationRow>
    {
        public void Configure(EntityTypeBuilder<PublicationRow> row)
        {
            row.HasKey(publication => publication.Key);
            row.Property(publication => publication.Key).ValueGeneratedNever();
            row.Property(publication => publication.Id).IsRequired();
            row.HasIndex(publication => publication.Arrival).IsUnique().HasDatabaseName("ux_publication_arrival");
            row.HasIndex(publication => publication.Arrival, "ix_publication_received_arrival").HasFilter("provider IS NOT NULL");
            row.HasIndex(publication => publication.Arrival, "ix_publication_urgent_arrival").HasFilter("urgent");
            row.HasIndex(publication => publication.Arrival, "ix_publication_urgent_received_arrival").HasFilter("urgent AND provider IS NOT NULL");
            row.HasIndex(publication => publication.FeedPosition, "ix_publication_urgent_feed_position").HasFilter("urgent");
            row.HasIndex(publication => publication.FeedPosition).IsUnique().HasDatabaseName("ux_publication_feed_position");
            row.HasIndex(publication => publication.Id).HasDatabaseName("ix_publication_id");
            row.HasIndex(publication => new { publication.Agreement, publication.Key }).HasFilter("agreement IS NOT NULL").HasDatabaseName("ix_publication_agreement");
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(publication => publication.Agreement).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
