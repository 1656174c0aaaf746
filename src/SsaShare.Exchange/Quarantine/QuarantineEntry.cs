using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>A part of a file that was refused when it was to be published, kept so that it can be looked at, mended and published after all.</summary>
/// <param name="Id">By content: the same part refused again is the same entry.</param>
/// <param name="Place">Where it stood and why it was refused.</param>
/// <param name="Content">What it was.</param>
/// <param name="Label">The marking under which it was to be published, encoded.</param>
/// <param name="Time">When it came first.</param>
public sealed record QuarantineEntry(Hash256 Id, QuarantinePlace Place, QuarantineContent Content, ReadOnlyMemory<byte> Label, Epoch Time)
{
    private static readonly byte[] Context = "ssashare/quarantine/v1\n"u8.ToArray();

    /// <summary>When it came last.</summary>
    public Epoch LastTime { get; init; } = Time;

    /// <summary>How often it came.</summary>
    public int Times { get; init; } = 1;

    public QuarantineState State { get; init; } = QuarantineState.Open;

    /// <summary>Why or with what outcome it left <see cref="QuarantineState.Open"/>; empty while it has not.</summary>
    public string Remark { get; init; } = "";

    /// <summary>A new entry.</summary>
    public static QuarantineEntry Create(QuarantinePlace place, QuarantineContent content, ReadOnlyMemory<byte> label, Epoch time)
        => new(IdOf(place, content, label), place, content, label, time);

    /// <summary>What a refused part is recognised by. Where its text is not kept, by where it stood.</summary>
    private static Hash256 IdOf(QuarantinePlace place, QuarantineContent content, ReadOnlyMemory<byte> label)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Context);
        Add(hash, Encoding.UTF8.GetBytes(content.Format));
        Add(hash, label.Span);
        Add(hash, content.Before.Span);
        Add(hash, content.Text.Span);
        Add(hash, content.After.Span);
        hash.AppendData([(byte)(content.IsCut ? 1 : 0)]);
        if (content.Text.IsEmpty) Add(hash, Encoding.UTF8.GetBytes($"{place.File}\n{place.Line}\n{place.Reasons}"));
        return new Hash256(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

/// <summary>Where a refused part stood and why it was refused.</summary>
/// <param name="Source">How the file came.</param>
/// <param name="File">Its name.</param>
/// <param name="Line">From 1: where the first refusal was noticed.</param>
/// <param name="Field">Of the first refusal.</param>
/// <param name="Reasons">Each refusal on a line, for people.</param>
/// <param name="MayPass">All of the reasons may go without the text being changed: then it is worth trying again.</param>
public sealed record QuarantinePlace(IngestSource Source, string File, long Line, string Field, string Reasons, bool MayPass);

/// <summary>What was refused: before, text and after are together a file of the format.</summary>
/// <param name="Format">Name of the reader.</param>
/// <param name="Before">What gives the text its meaning.</param>
/// <param name="Text">As it came; empty where there is none or it must not be kept.</param>
/// <param name="After">What ends it.</param>
/// <param name="IsCut">There was more.</param>
public sealed record QuarantineContent(string Format, ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> Text, ReadOnlyMemory<byte> After, bool IsCut)
{
    public int Bytes => Before.Length + Text.Length + After.Length;
}

/// <summary>What has become of a refused part. Numbers are stored.</summary>
public enum QuarantineState
{
    Unspecified = 0,

    /// <summary>Waits for somebody.</summary>
    Open = 1,

    /// <summary>Published after all, mended or because its reason has gone.</summary>
    Mended = 2,

    /// <summary>The operator does not want it.</summary>
    Dismissed = 3,
}

/// <summary>How a file came to be published. Numbers are stored.</summary>
public enum IngestSource
{
    Unspecified = 0,
    Grpc = 1,
    Rest = 2,
    Folder = 3,
    Cli = 4,

    /// <summary>Out of the quarantine.</summary>
    Quarantine = 5,
}
