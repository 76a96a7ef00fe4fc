use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
};

/// Where a request comes from, as far as limits tell one from another: an IPv4 address, or the /64 that a line of
/// IPv6 has at the least (RFC 6177), whose addresses a browser changes as it likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Network {
    V4(Ipv4Addr),
    /// The first 64 bits.
    V6(u64),
    /// The address does not read; all of these count as one.
    Unknown,
}

/// What one customer may have of the internet: an IPv4 address, or an IPv6 /48 with its 65,536 networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Site {
    V4(Ipv4Addr),
    /// The first 48 bits.
    V6(u64),
    Unknown,
}

impl Network {
    /// Of an address as text; an IPv4 address mapped into IPv6 is IPv4.
    pub fn of(ip: &str) -> Self {
        ip.parse::<IpAddr>().map_or(Self::Unknown, Self::from)
    }

    /// What the text of each of its addresses begins with: of IPv6 as far as no zeros are left out.
    pub(crate) fn prefix(self) -> String {
        match self {
            Self::V4(ip) => ip.to_string(),
            Self::V6(bits) => {
                let segments = [48, 32, 16, 0].map(|shift| bits >> shift & 0xffff);
                let shown = segments.iter().take_while(|segment| **segment != 0);
                shown.map(|segment| format!("{segment:x}:")).collect::<Vec<_>>().concat()
            }
            Self::Unknown => String::new(),
        }
    }

    /// What many machines of one operator have in common: an IPv4 /24, or an IPv6 /48.
    pub(crate) fn subnet(self) -> String {
        match self {
            Self::V4(ip) => {
                let [first, second, third, _] = ip.octets();
                format!("{first}.{second}.{third}.0/24")
            }
            Self::V6(_) | Self::Unknown => self.site().to_string(),
        }
    }

    pub fn site(self) -> Site {
        match self {
            Self::V4(ip) => Site::V4(ip),
            Self::V6(bits) => Site::V6(bits >> 16),
            Self::Unknown => Site::Unknown,
        }
    }

    /// The site, where it holds more than this network.
    pub fn wider(self) -> Option<Site> {
        matches!(self, Self::V6(_)).then(|| self.site())
    }
}

impl From<IpAddr> for Network {
    fn from(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self::V4(ip),
            IpAddr::V6(ip) => {
                let segments = ip.segments().into_iter().take(4);
                Self::V6(segments.fold(0, |bits, segment| bits << 16 | u64::from(segment)))
            }
        }
    }
}

/// As a key of a limit.
impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(ip) => write!(f, "{ip}"),
            Self::V6(bits) => write!(f, "{bits:016x}/64"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(ip) => write!(f, "{ip}"),
            Self::V6(bits) => write!(f, "{bits:012x}/48"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Network;

    #[test]
    fn one_way_to_write_an_address() {
        assert_eq!(Network::of("203.0.113.7"), Network::of("::ffff:203.0.113.7"));
        assert_ne!(Network::of("203.0.113.7"), Network::of("203.0.113.8"));
        assert_eq!(Network::of(""), Network::of("nonsense"));
    }

    #[test]
    fn addresses_begin_with_the_prefix() {
        for text in ["203.0.113.7", "2001:db8:1:2::7", "2001:db8::1:0:0:7", "2001:db8:0:2::7", "::7", "nonsense"] {
            assert!(text.starts_with(&Network::of(text).prefix()), "{text}");
        }
        assert_eq!(Network::of("2001:db8:1:2::7").prefix(), "2001:db8:1:2:");
    }

    #[test]
    fn a_line_of_ipv6_is_one_network() {
        let network = Network::of("2001:db8:1:2::1");
        assert_eq!(network, Network::of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(network, Network::of("2001:db8:1:3::1"));
        assert_eq!(network.site(), Network::of("2001:db8:1:ffff::1").site());
        assert_ne!(network.site(), Network::of("2001:db8:2:2::1").site());
        assert_eq!(network.to_string(), "20010db800010002/64");
        assert_eq!(network.wider().unwrap().to_string(), "20010db80001/48");
        assert_eq!(Network::of("203.0.113.7").wider(), None);
        assert_eq!(network.subnet(), "20010db80001/48");
        assert_eq!(Network::of("203.0.113.7").subnet(), "203.0.113.0/24");
    }
}
