using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>An event at its place in the log. Append-only by grant; written and read by plain SQL.</summary>
internal sealed class LogEntryRow
{
    public long Index { get; init; }
    public required string Kind { get; init; }
    public required byte[] Body { get; init; }
    public required byte[] Salt { get; init; }

    /// <summary>TAI nanoseconds since J2000.</summary>
    public long TimeNs { get; init; }

    /// <summary>What the tree holds: over kind, time, salt and body, and not over the two columns that follow.</summary>
    public required byte[] Commitment { get; init; }

    public string? Peer { get; init; }
    public byte[]? Agreement { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogEntryRow>
    {
        public void Configure(EntityTypeBuilder<LogEntryRow> row)
        {
            row.HasKey(entry => entry.Index);
            row.Property(entry => entry.Index).ValueGeneratedNever();
            row.HasIndex(entry => new { entry.TimeNs, entry.Index }).HasDatabaseName("ix_log_entry_time");
            row.HasIndex(entry => new { entry.Peer, entry.Index }).HasFilter("peer IS NOT NULL").HasDatabaseName("ix_log_entry_peer");
            row.HasIndex(entry => new { entry.Agreement, entry.Peer, entry.Kind, entry.Index }).HasFilter("kind IN ('manifest-issued', 'receipt-received')").HasDatabaseName("ix_log_entry_given");
            row.HasIndex(entry => new { entry.Agreement, entry.Index }).HasFilter("agreement IS NOT NULL").HasDatabaseName("ix_log_entry_agreement");
        }
    }
}
