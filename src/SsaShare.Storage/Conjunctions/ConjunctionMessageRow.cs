using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>A conjunction message that the fusion service made for one reader.</summary>
internal sealed class ConjunctionMessageRow
{
    /// <summary>What <see cref="State"/> says.</summary>
    public const short Held = 1, Published = 2, Withdrawn = 3;

    public required byte[] Record { get; init; }
    public required string Reader { get; init; }
    public required string FirstObject { get; init; }
    public required string SecondObject { get; init; }

    /// <summary>Of closest approach, TAI nanoseconds since J2000.</summary>
    public long TimeNs { get; init; }

    public double MissKm { get; init; }
    public double? Probability { get; init; }
    public long MadeNs { get; init; }
    public required byte[][] Basis { get; init; }
    public required string Sources { get; init; }

    /// <summary>While it is held.</summary>
    public byte[]? Payload { get; init; }

    public byte[]? Label { get; init; }
    public short State { get; init; }

    public LedgerMessage ToMessage()
        => new(new RecordId(Record), PartnerId.Parse(Reader), FirstObject, SecondObject, new Epoch(TimeNs), MissKm, Probability, new Epoch(MadeNs), [.. Basis.Select(id => new RecordId(id))], Sources)
        {
            Unpublished = State == Held && Payload is not null && Label is not null ? (Payload, Label) : null,
        };

    internal sealed class Configuration : IEntityTypeConfiguration<ConjunctionMessageRow>
    {
        public void Configure(EntityTypeBuilder<ConjunctionMessageRow> row)
        {
            row.HasKey(message => message.Record);
            row.Property(message => message.Record).ValueGeneratedNever();
            row.HasIndex(message => message.TimeNs).HasDatabaseName("ix_conjunction_message_time");
        }
    }
}
