using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>How far one figure of a limit is used up by a receiver.</summary>
internal sealed class ReleasePaceRow
{
    public required byte[] Agreement { get; init; }
    public required string Receiver { get; init; }
    public required string LimitId { get; init; }

    /// <summary>Number of the <see cref="Exchange.LimitedFigure"/>.</summary>
    public short Figure { get; init; }

    /// <summary>Virtual time of the pace: TAI nanoseconds since J2000.</summary>
    public long VirtualNs { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReleasePaceRow>
    {
        public void Configure(EntityTypeBuilder<ReleasePaceRow> row)
        {
            row.HasKey(pace => new { pace.Agreement, pace.Receiver, pace.LimitId, pace.Figure });
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(pace => pace.Agreement).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
