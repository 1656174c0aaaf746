using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>What a provider has said of a lane that it held no more when this node came to it.</summary>
internal sealed class InboxSnapshotRow
{
    public required byte[] Agreement { get; init; }
    public required string Provider { get; init; }
    public short Source { get; init; }
    public long DelayS { get; init; }

    /// <summary>By the newest snapshot.</summary>
    public long HeldFromPosition { get; init; }

    /// <summary>The sum of all snapshots since this node began with the provider, or anew; 0 when there was none since.</summary>
    public long DroppedRecords { get; set; }

    /// <summary>The newest one's watermark: TAI nanoseconds since J2000.</summary>
    public long AtNs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<InboxSnapshotRow>
    {
        public void Configure(EntityTypeBuilder<InboxSnapshotRow> row)
        {
            row.HasKey(snapshot => new { snapshot.Agreement, snapshot.Provider, snapshot.Source, snapshot.DelayS });
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(snapshot => snapshot.Agreement).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
