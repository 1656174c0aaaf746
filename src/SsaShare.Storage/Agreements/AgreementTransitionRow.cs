using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A signed suspension, resumption or revocation; append-only, one row for each log entry of kind "agreement-transition".</summary>
internal sealed class AgreementTransitionRow
{
    public required byte[] Agreement { get; init; }

    /// <summary>Who signed it.</summary>
    public required string Party { get; init; }

    /// <summary>From 1, of this party and agreement.</summary>
    public int Sequence { get; init; }

    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    /// <summary>The log entry that commits to it.</summary>
    public long LogIndex { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AgreementTransitionRow>
    {
        public void Configure(EntityTypeBuilder<AgreementTransitionRow> row)
        {
            row.HasKey(transition => new { transition.Agreement, transition.Party, transition.Sequence });
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(transition => transition.Agreement).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<LogEntryRow>().WithMany().HasForeignKey(transition => transition.LogIndex).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
