using System.Buffers;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Writes tracks of objects, piece by piece.</summary>
internal interface IStateWriter
{
    /// <summary>Sets the piece of a track as text. Called by several threads at once.</summary>
    void Set(ObjectTrack track, ArrayBufferWriter<byte> text);

    /// <summary>Writes what was set, in the order of the objects. Called by one thread at a time.</summary>
    /// <returns>What the format cannot hold; empty when it holds all.</returns>
    IEnumerable<ReadIssue> Write(ObjectTrack track, ReadOnlySpan<byte> text);

    /// <summary>Ends what is written, once.</summary>
    void Complete();
}
