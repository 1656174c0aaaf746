using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Metadata as HTTP/2 header values: text as it is, bytes in base64.</summary>
internal static class MetadataCodec
{
    /// <summary>Adds one header. A binary header may hold several values, separated by commas.</summary>
    /// <remarks>A header whose name metadata cannot have is left out, as is one of the protocol itself.</remarks>
    /// <exception cref="RpcException">Internal: a binary value is not base64.</exception>
    public static void Add(Metadata metadata, string name, string value)
    {
        if (GrpcProtocol.IsReserved(name) || !Metadata.Entry.IsValidKey(name))
        {
            return;
        }

        if (!Metadata.Entry.HasBinarySuffix(name))
        {
            metadata.Add(name, value);
            return;
        }

        foreach (string part in value.Split(','))
        {
            metadata.Add(name, FromBase64(name, part.Trim()));
        }
    }

    /// <exception cref="ArgumentException">A text has characters other than printable ASCII, which a header cannot carry.</exception>
    public static string ValueOf(Metadata.Entry entry)
        => entry.IsBinary ? Convert.ToBase64String(entry.BytesAsSpan).TrimEnd('=')
            : CanTravel(entry) ? entry.Value
            : throw new ArgumentException(
                $"The metadata value of '{entry.Key}' has characters other than printable ASCII; use a key that ends with {Metadata.BinaryHeaderSuffix}.");

    /// <summary>Whether a header can carry the value: bytes, or printable ASCII.</summary>
    public static bool CanTravel(Metadata.Entry entry) => entry.IsBinary || !entry.Value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Base64 with or without padding.</summary>
    private static byte[] FromBase64(string name, string text)
    {
        string padded = (text.Length % 4) switch
        {
            2 => text + "==",
            3 => text + "=",
            _ => text,
        };
        byte[] bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out int length)
            ? bytes[..length]
            : throw new RpcException(new Status(StatusCode.Internal, $"The value of the header '{name}' is not base64."));
    }
}
