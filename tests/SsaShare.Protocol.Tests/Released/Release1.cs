using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Protocol.Tests.Released;

/// <summary>What a node of protocol version 1 said: see the folder's README.</summary>
internal static class Release1
{
    public const int Pulls = 3;

    public static SignedNodeCard Atlantic { get; } = Card("atlantic");
    public static SignedNodeCard Pacific { get; } = Card("pacific");
    public static KeyBook Keys { get; } = new([KeyHistory.Of(Atlantic), KeyHistory.Of(Pacific)]);

    public static SsaShare.Agreements.Agreement Agreement { get; } = ReadAgreement();

    /// <param name="number">From 1.</param>
    public static V1.PullRequest Request(int number) => V1.PullRequest.Parser.ParseFrom(Read($"pull-{number}.request.bin"));

    /// <param name="number">From 1.</param>
    public static V1.PullResponse Response(int number) => V1.PullResponse.Parser.ParseFrom(Read($"pull-{number}.response.bin"));

    public static byte[] Read(string name)
    {
        using var stream = typeof(Release1).Assembly.GetManifestResourceStream($"Released.v1.{name}") ?? throw new FileNotFoundException(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static SignedNodeCard Card(string partner) => SignedNodeCard.TryOpen(Read($"{partner}.card.json"), out var card, out string? fault) ? card : throw new InvalidDataException(fault);

    private static SsaShare.Agreements.Agreement ReadAgreement()
    {
        if (!AgreementEnvelope.TryParse(Read("agreement.json"), out var envelope, out string? fault)) throw new InvalidDataException(fault);
        var verified = envelope.Verify([Atlantic.Card, Pacific.Card]);
        return verified.Outcome == AgreementOutcome.Complete ? verified.Agreement! : throw new InvalidDataException($"{verified.Outcome}");
    }
}
