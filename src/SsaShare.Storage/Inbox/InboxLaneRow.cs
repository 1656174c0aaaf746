using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>How far this node has come in one lane of a provider's feed.</summary>
internal sealed class InboxLaneRow
{
    public required byte[] Agreement { get; init; }
    public required string Provider { get; init; }

    /// <summary>Number of the <see cref="Exchange.FeedSource"/>.</summary>
    public short Source { get; init; }

    /// <summary>Number of the <see cref="Exchange.FeedPriority"/>, which follows from the source.</summary>
    public short Priority { get; init; }

    public long DelayS { get; init; }
    public long Position { get; set; }

    /// <summary>Records received in this lane.</summary>
    public long Given { get; set; }

    /// <summary>Records of this lane's ranges that are given in no form, by what its manifests say.</summary>
    public long Withheld { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<InboxLaneRow>
    {
        public void Configure(EntityTypeBuilder<InboxLaneRow> row)
        {
            row.HasKey(lane => new { lane.Agreement, lane.Provider, lane.Source, lane.DelayS });
            row.HasOne<InboxRow>().WithMany().HasForeignKey(lane => new { lane.Agreement, lane.Provider, lane.Priority }).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
