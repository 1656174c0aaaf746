using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>What an agreement became when; append-only, one row for each log entry of kind "agreement".</summary>
internal sealed class AgreementChangeRow
{
    /// <summary>The log entry that commits to this change.</summary>
    public long LogIndex { get; init; }

    public required byte[] Agreement { get; init; }
    public required byte[] Envelope { get; init; }
    public short State { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AgreementChangeRow>
    {
        public void Configure(EntityTypeBuilder<AgreementChangeRow> row)
        {
            row.HasKey(change => change.LogIndex);
            row.Property(change => change.LogIndex).ValueGeneratedNever();
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(change => change.Agreement).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<LogEntryRow>().WithOne().HasForeignKey<AgreementChangeRow>(change => change.LogIndex).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
