use service::{HttpGateway, HttpGatewaySettings};
use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// How the gateway answers.
#[derive(Clone, Debug)]
pub enum GatewayAnswer {
    /// With this status and body.
    Answer(u16, String),
    /// Says to ask elsewhere.
    Redirect(String),
    /// Takes the request and says nothing.
    Silence,
}

/// A gateway that speaks as much HTTP as it takes to receive a message.
#[derive(Clone)]
pub struct FakeSmsGateway {
    pub url: String,
    answer: Arc<Mutex<GatewayAnswer>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl FakeSmsGateway {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gateway = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            answer: Arc::new(Mutex::new(GatewayAnswer::Answer(201, r#"{"sid":"SM1"}"#.to_owned()))),
            requests: Arc::default(),
        };
        let accepting = gateway.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let gateway = accepting.clone();
                // A client that hangs up has said enough.
                tokio::spawn(async move { gateway.serve(connection).await.ok() });
            }
        });
        gateway
    }

    pub fn answer(&self, answer: GatewayAnswer) {
        *self.answer.lock().unwrap() = answer;
    }

    pub fn status(&self, status: u16) {
        self.answer(GatewayAnswer::Answer(status, String::new()));
    }

    /// Each request as it came: its head, with names of headers in small letters, and its body.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Settings as for a gateway that takes forms.
    pub fn settings(&self) -> HttpGatewaySettings {
        HttpGatewaySettings {
            url: format!("{}/Messages.json", self.url),
            method: "POST".to_owned(),
            headers: "Authorization: Basic c2lkOnRva2Vu".to_owned(),
            body: "To={to}&From={from}&Body={text}&Id={id}".to_owned(),
            from: "Acme".to_owned(),
            id: "/sid".to_owned(),
            patience: HttpGatewaySettings::PATIENCE,
        }
    }

    /// A way to it, with a patience that a test waits for.
    pub fn with_little_patience(&self) -> HttpGateway {
        let patience = Duration::from_millis(50);
        HttpGateway::new(HttpGatewaySettings { patience, ..self.settings() }).unwrap()
    }

    async fn serve(self, mut connection: TcpStream) -> io::Result<()> {
        loop {
            let mut request = Vec::new();
            while !is_whole(&request) {
                if connection.read_buf(&mut request).await? == 0 {
                    return Ok(());
                }
            }
            self.requests.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
            let answer = self.answer.lock().unwrap().clone();
            let (status, header, body) = match answer {
                GatewayAnswer::Answer(status, body) => (status, String::new(), body),
                GatewayAnswer::Redirect(to) => (302, format!("location: {to}\r\n"), String::new()),
                GatewayAnswer::Silence => std::future::pending().await,
            };
            let length = body.len();
            let head = format!("HTTP/1.1 {status} Said\r\n{header}content-length: {length}\r\n\r\n");
            connection.write_all(format!("{head}{body}").as_bytes()).await?;
        }
    }
}

/// Whether the head has ended and the body is as long as it says.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).into_owned();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}
