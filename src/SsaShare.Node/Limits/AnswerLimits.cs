using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>The places of answers to pulls, as the settings have them, and how long a reader may take for one. What is urgent has places of its own.</summary>
public sealed class AnswerLimits
{
    private readonly LimitOptions _options;
    private readonly AnswerPlaces _routine, _urgent;

    public AnswerLimits(IOptions<LimitOptions> options, PeerDirectory directory)
    {
        _options = options.Value;
        int composedMax = _options.AnswersComposed > 0 ? _options.AnswersComposed : 2 * Environment.ProcessorCount;
        // Half for each kind, so that both together keep to the settings.
        long ofReader() => Math.Min(_options.AnswerBytesPerReader, _options.AnswerBytes / Math.Max(directory.Peers.Count, 1)) / 2;
        (_routine, _urgent) = (new AnswerPlaces(composedMax, ofReader), new AnswerPlaces(composedMax, ofReader));
    }

    /// <summary>Bytes of answers under way.</summary>
    internal long Bytes => _routine.Bytes + _urgent.Bytes;

    internal int Readers => _routine.Readers + _urgent.Readers;

    internal AnswerPlace PlaceFor(PartnerId reader, bool isUrgent) => (isUrgent ? _urgent : _routine).For(reader.Value);

    /// <summary>The longest that a reader may take for an answer of this length.</summary>
    internal TimeSpan TimeFor(int bytes) => _options.AnswerGrace + TimeSpan.FromSeconds(bytes / (double)_options.AnswerBytesPerSecondMin);
}
