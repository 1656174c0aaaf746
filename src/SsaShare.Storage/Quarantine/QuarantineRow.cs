using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>A refused part of a file.</summary>
internal sealed class QuarantineRow
{
    /// <summary>Most bytes of before, text and after together, which the table checks.</summary>
    public const int ContentBytesMax = 256 * 1024;

    public required byte[] Id { get; init; }

    /// <summary><see cref="IngestSource"/>.</summary>
    public short Source { get; init; }

    public required string File { get; init; }
    public long Line { get; init; }
    public required string Field { get; init; }
    public required string Reasons { get; init; }
    public bool MayPass { get; init; }
    public required string Format { get; init; }
    public required byte[] Before { get; init; }
    public required byte[] Text { get; init; }
    public required byte[] After { get; init; }
    public bool IsCut { get; init; }
    public required byte[] Label { get; init; }

    /// <summary>What the entry counts for in the sum of all.</summary>
    public int ByteCount { get; init; }

    /// <summary>TAI nanoseconds since J2000, of the first and of the last time that it came.</summary>
    public long TimeNs { get; init; }

    public long LastTimeNs { get; init; }
    public int Times { get; init; }

    /// <summary><see cref="QuarantineState"/>.</summary>
    public short State { get; init; }

    public required string Remark { get; init; }

    public QuarantineEntry ToEntry()
        => new(new Hash256(Id), new QuarantinePlace((IngestSource)Source, File, Line, Field, Reasons, MayPass), new QuarantineContent(Format, Before, Text, After, IsCut), Label, new Epoch(TimeNs))
        {
            LastTime = new Epoch(LastTimeNs), Times = Times, State = (QuarantineState)State, Remark = Remark,
        };

    internal sealed class Configuration : IEntityTypeConfiguration<QuarantineRow>
    {
        public void Configure(EntityTypeBuilder<QuarantineRow> row)
        {
            row.HasKey(entry => entry.Id);
            row.Property(entry => entry.Id).ValueGeneratedNever();
            row.HasIndex(entry => new { entry.State, entry.TimeNs, entry.Id }).HasDatabaseName("ix_quarantine_state_time");
        }
    }
}

/// <summary>One row: the sums over all entries.</summary>
internal sealed class QuarantineTotalRow
{
    public short Id { get; init; }
    public long Bytes { get; init; }
    public long DroppedOpen { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<QuarantineTotalRow>
    {
        public void Configure(EntityTypeBuilder<QuarantineTotalRow> row)
        {
            row.HasKey(total => total.Id);
            row.Property(total => total.Id).ValueGeneratedNever();
        }
    }
}
