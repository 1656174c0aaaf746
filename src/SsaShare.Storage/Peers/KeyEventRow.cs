using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A change of a partner's keys; append-only, one row for each log entry of kind "key-event" or "peer-key-event". Two of one number are evidence.</summary>
internal sealed class KeyEventRow
{
    /// <summary>SHA-256 of the payload.</summary>
    public required byte[] Id { get; init; }

    /// <summary>Whose keys.</summary>
    public required string Partner { get; init; }

    /// <summary>From 1, of this partner.</summary>
    public int Sequence { get; init; }

    /// <summary>DSSE JSON as signed.</summary>
    public required byte[] Document { get; init; }

    /// <summary>The log entry that commits to it.</summary>
    public long LogIndex { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<KeyEventRow>
    {
        public void Configure(EntityTypeBuilder<KeyEventRow> row)
        {
            row.HasKey(keyEvent => keyEvent.Id);
            row.HasIndex(keyEvent => new { keyEvent.Partner, keyEvent.Sequence }).HasDatabaseName("ix_key_event_partner");
            row.HasOne<PeerRow>().WithMany().HasForeignKey(keyEvent => keyEvent.Partner).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<LogEntryRow>().WithMany().HasForeignKey(keyEvent => keyEvent.LogIndex).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
