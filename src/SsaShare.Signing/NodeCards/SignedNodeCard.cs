using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Signing;

/// <summary>A node card with the envelope that carries it, signed by the signing key that the card names.</summary>
/// <remarks>The signature shows that the card is whole, not that it is the partner's: a person compares <see cref="Id"/> by another way and pins it.</remarks>
public sealed class SignedNodeCard
{
    /// <summary>DSSE payload type of a node card.</summary>
    public const string PayloadType = "application/vnd.ssashare.node-card.v1+json";

    internal SignedNodeCard(NodeCard card, DsseEnvelope envelope)
    {
        Card = card;
        Envelope = envelope;
        Id = new NodeCardId(Hash256.Of(envelope.Payload.Span));
    }

    public NodeCard Card { get; }

    public DsseEnvelope Envelope { get; }

    public NodeCardId Id { get; }

    /// <summary>The envelope in DSSE's JSON form: the content of a node card file.</summary>
    public byte[] ToJson() => Envelope.ToJson();

    /// <summary>Reads and verifies a node card file. In the payload, fields that are not known are refused.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="card">The card, signed by its own key.</param>
    /// <param name="fault">Why it is none.</param>
    public static bool TryOpen(ReadOnlySpan<byte> json, [NotNullWhen(true)] out SignedNodeCard? card, [NotNullWhen(false)] out string? fault)
    {
        card = null;
        if (!DsseEnvelope.TryParse(json, out DsseEnvelope? envelope, out fault))
        {
            return false;
        }

        if (envelope.PayloadType != PayloadType)
        {
            fault = $"The payload is of type '{envelope.PayloadType}', expected '{PayloadType}'.";
            return false;
        }

        // The key that must verify stands in the payload, so here, and only here, the payload is parsed first.
        if (!StrictJson.TryRead(envelope.Payload.Span, NodeCardJson.MaxBytes, NodeCardJson.Read, out NodeCard? content, out fault))
        {
            return false;
        }

        if (!envelope.IsSignedByAll([content.SigningKey]))
        {
            fault = "The card is not signed by the signing key that it names.";
            return false;
        }

        card = new SignedNodeCard(content, envelope);
        return true;
    }
}
