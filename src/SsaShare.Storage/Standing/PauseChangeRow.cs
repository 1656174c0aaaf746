using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>That the operator paused or resumed the exchange with a peer; of one peer and agreement the newest counts. Append-only by grant.</summary>
internal sealed class PauseChangeRow
{
    public long LogIndex { get; init; }
    public required string Peer { get; init; }

    /// <summary>Null for all agreements with the peer.</summary>
    public byte[]? Agreement { get; init; }

    public required string By { get; init; }
    public bool IsPaused { get; init; }

    /// <summary>TAI nanoseconds since J2000.</summary>
    public long TimeNs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PauseChangeRow>
    {
        public void Configure(EntityTypeBuilder<PauseChangeRow> row)
        {
            row.HasKey(change => change.LogIndex);
            row.Property(change => change.LogIndex).ValueGeneratedNever();
            row.HasOne<LogEntryRow>().WithOne().HasForeignKey<PauseChangeRow>(change => change.LogIndex).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
